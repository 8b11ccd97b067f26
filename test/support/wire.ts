// What a bare client of stdio writes, line by line.
export const line = (message: object) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;

export const hello = (capabilities: object = {}) =>
  line({
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'bare', version: '0' } },
  }) + line({ method: 'notifications/initialized' });

export const call = (id: number, name: string, args: object) =>
  line({ id, method: 'tools/call', params: { name, arguments: args } });
