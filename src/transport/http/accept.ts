// In which form a client takes its answers. The protocol has clients take both, JSON and events; what people use says
// one of them, anything, or nothing, and is answered in what it takes. https://www.rfc-editor.org/rfc/rfc9110#name-accept
export type Taken = { readonly json: boolean; readonly events: boolean };

const JSON_TYPE = 'application/json';
const EVENTS_TYPE = 'text/event-stream';
/** As the SDK wants to be asked. */
export const BOTH = `${JSON_TYPE}, ${EVENTS_TYPE}`;

/** @param accept the header; whoever sends none takes anything */
export function takenBy(accept: string | undefined): Taken {
  if (accept === BOTH) return { json: true, events: true };
  const said = (accept ?? '').toLowerCase().replaceAll(/\s/g, '');
  const ranges = (said === '' ? '*/*' : said).split(',');
  const taken = ranges.filter((range) => !/;q=0(?:\.0*)?$/.test(range)).map((range) => range.split(';', 1).join());
  const takes = (type: string) => ['*/*', type, type.replace(/\/.*/, '/*')].some((range) => taken.includes(range));
  return { json: takes(JSON_TYPE), events: takes(EVENTS_TYPE) };
}

/** An answer that is in one form, in the other where the client takes only that. What goes wrong is told in JSON. */
export async function inFormTaken(answer: Response, { json, events }: Taken): Promise<Response> {
  const type = (answer.headers.get('content-type') ?? '').split(';', 1).join();
  if (answer.status !== 200 || (json && events)) return answer;
  if (type === JSON_TYPE && !json) return again(answer, EVENTS_TYPE, asEvent(await answer.text()));
  if (type === EVENTS_TYPE && !events) return again(answer, JSON_TYPE, await lastMessage(answer));
  return answer;
}

function again({ status, headers: given }: Response, type: string, body: string): Response {
  const headers = new Headers(given);
  headers.set('content-type', type);
  headers.delete('content-length');
  return new Response(body, { status, headers });
}

function asEvent(message: string): string {
  return `event: message\ndata: ${message.replaceAll('\n', ' ')}\n\n`;
}

/** The answer itself comes last: what came before it, of how far it is, only events can tell. */
async function lastMessage(answer: Response): Promise<string> {
  const events = (await answer.text()).split('\n\n');
  const messages = events.flatMap((event) => /^data: (\{.*)$/m.exec(event)?.[1] ?? []);
  return messages.at(-1) ?? '';
}
