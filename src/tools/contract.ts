// Every tool's schemas as tools/list shows them. From source they are converted when first asked for; the bundle
// carries them ready made (rolldown.config.ts), since converting them is a tenth of a cold start.

type Schemas = { readonly input: Record<string, unknown>; readonly output: Record<string, unknown> };

export const CONTRACT: Readonly<Record<string, Schemas>> = {};
