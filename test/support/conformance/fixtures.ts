// What the official suite asks servers under test to have: tools, resources and prompts with names and answers of its
// choosing. They stand here as data, and are mounted on the product's own HTTP stack by the test alone.
import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  McpServer,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  type CallToolResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { letPass } from '../time.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const BEEP = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';

const text = (words: string) => ({ type: 'text' as const, text: words });
const picture = { type: 'image' as const, data: PIXEL, mimeType: 'image/png' };
const resource = (uri: string, mimeType: string, words: string) => ({
  type: 'resource' as const,
  resource: { uri, mimeType, text: words },
});

type Answer = CallToolResult | ReturnType<typeof inputRequired>;
type Fixture = {
  readonly name: string;
  readonly takes?: Record<string, { type: string }>;
  readonly does: (args: Record<string, unknown>, context: ServerContext) => Promise<Answer> | Answer;
};

const says = (name: string, ...content: CallToolResult['content']): Fixture => ({ name, does: () => ({ content }) });
const pause = async () => await letPass(50, 'the suite asks for a moment between two notices');

const PLAIN: readonly Fixture[] = [
  says('test_simple_text', text('This is a simple text response for testing.')),
  says('test_image_content', picture),
  says('test_audio_content', { type: 'audio', data: BEEP, mimeType: 'audio/wav' }),
  says(
    'test_embedded_resource',
    resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.'),
  ),
  says(
    'test_multiple_content_types',
    text('Multiple content types test:'),
    picture,
    resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
  ),
  {
    name: 'test_error_handling',
    does: () => ({ content: [text('This tool intentionally returns an error for testing')], isError: true }),
  },
  {
    name: 'test_tool_with_logging',
    does: async (_, { mcpReq }) => {
      for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        await mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data } });
        await pause();
      }
      return { content: [text('Logged.')] };
    },
  },
  {
    name: 'test_tool_with_progress',
    does: async (_, { mcpReq }) => {
      const progressToken = mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined)
          await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
        await pause();
      }
      return { content: [text('Done.')] };
    },
  },
];

const ask = (message: string, properties: object, required: string[] = []) => ({
  method: 'elicitation/create' as const,
  params: { message, requestedSchema: { type: 'object' as const, properties, required } },
});
const sample = (words: string, maxTokens = 100) => ({
  method: 'sampling/createMessage' as const,
  params: { messages: [{ role: 'user' as const, content: text(words) }], maxTokens },
});
const ROOTS = { method: 'roots/list' as const, params: {} };
const titled = (...titles: string[]) => titles.map((title, index) => ({ const: `value${index + 1}`, title }));
const OPTIONS = ['option1', 'option2', 'option3'];

/** Questions of the era before 2026-07-28: asked in the middle of a call, over its own stream. */
const asking = (
  name: string,
  takes: Record<string, { type: string }>,
  question: (args: Record<string, unknown>) => object,
): Fixture => ({
  name,
  takes,
  does: async (args, { mcpReq }) => ({
    content: [text(`Answered: ${JSON.stringify(await mcpReq.send(question(args) as ReturnType<typeof sample>))}`)],
  }),
});

const BEFORE: readonly Fixture[] = [
  asking('test_sampling', { prompt: { type: 'string' } }, ({ prompt }) => sample(String(prompt))),
  asking('test_elicitation', { message: { type: 'string' } }, ({ message }) =>
    ask(String(message), { response: { type: 'string' } }, ['response']),
  ),
  asking('test_elicitation_sep1034_defaults', {}, () =>
    ask('Look at these', {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true },
    }),
  ),
  asking('test_elicitation_sep1330_enums', {}, () =>
    ask('Choose', {
      untitledSingle: { type: 'string', enum: OPTIONS },
      titledSingle: { type: 'string', oneOf: titled('First Option', 'Second Option', 'Third Option') },
      legacyEnum: {
        type: 'string',
        enum: ['opt1', 'opt2', 'opt3'],
        enumNames: ['Option One', 'Option Two', 'Option Three'],
      },
      untitledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', enum: OPTIONS } },
      titledMulti: {
        ...{ type: 'array', minItems: 1, maxItems: 3 },
        items: { anyOf: titled('First Choice', 'Second Choice', 'Third Choice') },
      },
    }),
  ),
];

const KEY = 'a key of the fixtures';
const sign = (state: string) => `${state}.${createHmac('sha256', KEY).update(state).digest('base64url')}`;

/** @throws where it is not what was signed */
function stateOf(given: string | undefined): string {
  const [state = ''] = (given ?? '').split('.');
  const [wanted, said] = [Buffer.from(sign(state)), Buffer.from(given ?? '')];
  if (wanted.length === said.length && timingSafeEqual(wanted, said)) return state;
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'requestState is not what was given out');
}

const NAME = ask('What is your name?', { name: { type: 'string' } }, ['name']);
const CONFIRM = ask('Please confirm', { ok: { type: 'boolean' } }, ['ok']);

type Requests = Record<string, ReturnType<typeof ask> | ReturnType<typeof sample> | typeof ROOTS>;
const require = (inputRequests: Requests, state?: string) =>
  inputRequired({
    inputRequests: inputRequests as never,
    ...(state === undefined ? {} : { requestState: sign(state) }),
  });

/** What was answered under a key, where it is an answer to an elicitation that was accepted. */
function accepted({ mcpReq }: ServerContext, key: string): Record<string, unknown> | undefined {
  const given = mcpReq.inputResponses?.[key];
  if (typeof given !== 'object' || given === null || !('action' in given) || given.action !== 'accept')
    return undefined;
  return 'content' in given && typeof given.content === 'object' && given.content !== null ? { ...given.content } : {};
}
function declares({ mcpReq }: ServerContext, capability: string): boolean {
  const declared = new Map<string, unknown>(Object.entries(mcpReq.envelope ?? {})).get(CLIENT_CAPABILITIES_META_KEY);
  return typeof declared === 'object' && declared !== null && capability in declared;
}
const has = ({ mcpReq }: ServerContext, key: string) => mcpReq.inputResponses?.[key] !== undefined;
const complete = (words: string): CallToolResult => ({ content: [text(words)] });

/** Questions of today: the call is answered with what it needs, and comes again. */
const TODAY: readonly Fixture[] = [
  {
    name: 'test_input_required_result_elicitation',
    does: (_, context) => {
      const { name } = accepted(context, 'user_name') ?? {};
      return typeof name === 'string' ? complete(`Hello, ${name}!`) : require({ user_name: NAME });
    },
  },
  {
    name: 'test_input_required_result_sampling',
    does: (_, context) =>
      has(context, 'capital_question')
        ? complete(JSON.stringify(context.mcpReq.inputResponses?.['capital_question']))
        : require({ capital_question: sample('What is the capital of France?') }),
  },
  {
    name: 'test_input_required_result_list_roots',
    does: (_, context) =>
      has(context, 'client_roots')
        ? complete(JSON.stringify(context.mcpReq.inputResponses?.['client_roots']))
        : require({ client_roots: ROOTS }),
  },
  {
    name: 'test_input_required_result_request_state',
    does: (_, context) => {
      if (!has(context, 'confirm')) return require({ confirm: CONFIRM }, 'asked');
      return complete(`state-ok ${stateOf(context.mcpReq.requestState())}`);
    },
  },
  {
    name: 'test_input_required_result_multiple_inputs',
    does: (_, context) => {
      const requests = { user_name: NAME, greeting: sample('Generate a greeting', 50), client_roots: ROOTS };
      if (!Object.keys(requests).every((key) => has(context, key))) return require(requests, 'asked');
      return complete(`All answered, ${stateOf(context.mcpReq.requestState())}`);
    },
  },
  {
    name: 'test_input_required_result_multi_round',
    does: (_, context) => {
      const step1 = ask('Step 1: What is your name?', { name: { type: 'string' } }, ['name']);
      const step2 = ask('Step 2: What is your favorite color?', { color: { type: 'string' } }, ['color']);
      if (has(context, 'step1')) return require({ step2 }, `${stateOf(context.mcpReq.requestState())}-second`);
      if (has(context, 'step2')) return complete(`Done, ${stateOf(context.mcpReq.requestState())}`);
      return require({ step1 }, 'first');
    },
  },
  {
    name: 'test_input_required_result_tampered_state',
    does: (_, context) => {
      const state: string | undefined = context.mcpReq.requestState();
      return state === undefined ? require({ confirm: CONFIRM }, 'asked') : complete(`state-ok ${stateOf(state)}`);
    },
  },
  { name: 'test_streaming_elicitation', does: () => require({ user_name: NAME }) },
  {
    name: 'test_missing_capability',
    does: (_, context) => {
      if (declares(context, 'sampling')) return complete('Sampling is there.');
      throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
    },
  },
  // Says nothing to a client that did not ask for a log.
  says('test_logging_tool', text('Nothing was logged.')),
  says('test_trigger_tool_change', text('Changed.')),
  says('test_trigger_prompt_change', text('Changed.')),
  {
    name: 'test_input_required_result_capabilities',
    does: (_, context) => {
      const can = (name: string) => declares(context, name);
      const requests: Requests = {
        ...(can('elicitation') ? { user_name: NAME } : {}),
        ...(can('sampling') ? { greeting: sample('Generate a greeting', 50) } : {}),
        ...(can('roots') ? { client_roots: ROOTS } : {}),
      };
      return Object.keys(requests).length === 0 ? complete('Nothing can be asked.') : require(requests);
    },
  },
];

const FIXTURES = [...PLAIN, ...BEFORE, ...TODAY];

const RESOURCES = [
  {
    uri: 'test://static-text',
    name: 'static-text',
    mimeType: 'text/plain',
    text: 'This is the content of the static text resource.',
  },
  { uri: 'test://static-binary', name: 'static-binary', mimeType: 'image/png', blob: PIXEL },
  {
    uri: 'test://watched-resource',
    name: 'watched-resource',
    mimeType: 'text/plain',
    text: 'Watched resource content',
  },
];

/** A server of its own for each session or request, as the product makes them. */
export async function buildFixtures(_host: unknown, _introduces: boolean, changed: () => void): Promise<McpServer> {
  const mcp = new McpServer(
    { name: 'conformance-fixtures', version: '1.0.0' },
    {
      capabilities: {
        ...{ tools: { listChanged: true }, prompts: { listChanged: true }, completions: {}, logging: {} },
        resources: { subscribe: true, listChanged: true },
      },
    },
  );
  const { server } = mcp;
  server.setRequestHandler('tools/list', () => ({
    tools: FIXTURES.map(({ name, takes = {} }) => ({
      ...{ name, description: `The suite's ${name}` },
      inputSchema: { type: 'object' as const, properties: takes, required: Object.keys(takes) },
    })),
  }));
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const fixture = FIXTURES.find(({ name }) => name === params.name);
    if (fixture === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `no tool ${params.name}`);
    if (params.name.startsWith('test_trigger_')) changed();
    return await fixture.does(params.arguments ?? {}, context);
  });
  serveResources(mcp);
  servePrompts(mcp);
  server.setRequestHandler('logging/setLevel', () => ({}));
  server.setRequestHandler('completion/complete', () => ({
    completion: { values: ['paris', 'park'], total: 2, hasMore: false },
  }));
  return mcp;
}

function serveResources({ server }: McpServer): void {
  server.setRequestHandler('resources/list', () => ({
    resources: RESOURCES.map(({ uri, name, mimeType }) => ({ uri, name, mimeType })),
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template', mimeType: 'application/json' }],
  }));
  server.setRequestHandler('resources/read', ({ params: { uri } }) => {
    const [, id] = /^test:\/\/template\/([^/]+)\/data$/.exec(uri) ?? [];
    if (id !== undefined)
      return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true }) }] };
    const found = RESOURCES.find((each) => each.uri === uri);
    if (found === undefined) throw new ResourceNotFoundError(uri, `no resource ${uri}`);
    const { mimeType, text: words = '', blob } = found;
    return { contents: [blob === undefined ? { uri, mimeType, text: words } : { uri, mimeType, blob }] };
  });
  server.setRequestHandler('resources/subscribe', () => ({}));
  server.setRequestHandler('resources/unsubscribe', () => ({}));
}

const PROMPTS: Readonly<Record<string, readonly string[]>> = {
  test_simple_prompt: [],
  test_prompt_with_arguments: ['arg1', 'arg2'],
  test_prompt_with_embedded_resource: ['resourceUri'],
  test_prompt_with_image: [],
  test_input_required_result_prompt: [],
};

function servePrompts({ server }: McpServer): void {
  server.setRequestHandler('prompts/list', () => ({
    prompts: Object.entries(PROMPTS).map(([name, names]) => ({
      ...{ name, description: `The suite's ${name}` },
      arguments: names.map((each) => ({ name: each, required: true })),
    })),
  }));
  server.setRequestHandler('prompts/get', ({ params: { name, arguments: args = {} } }, context) => {
    const message = (...content: object[]) => ({
      messages: content.map((each) => ({ role: 'user' as const, content: each as ReturnType<typeof text> })),
    });
    switch (name) {
      case 'test_simple_prompt':
        return message(text('This is a simple prompt for testing.'));
      case 'test_prompt_with_arguments':
        return message(text(`Prompt with arguments: arg1='${args['arg1']}', arg2='${args['arg2']}'`));
      case 'test_prompt_with_embedded_resource':
        return message(
          resource(args['resourceUri'] ?? '', 'text/plain', 'Embedded resource content for testing.'),
          text('Please process the embedded resource above.'),
        );
      case 'test_prompt_with_image':
        return message(picture, text('Please analyze the image above.'));
      case 'test_input_required_result_prompt': {
        const given = accepted(context, 'user_context');
        const question = ask('What context should the prompt use?', { context: { type: 'string' } }, ['context']);
        return given === undefined
          ? require({ user_context: question })
          : message(text(`In the context of ${JSON.stringify(given)}`));
      }
      default:
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `no prompt ${name}`);
    }
  });
}
