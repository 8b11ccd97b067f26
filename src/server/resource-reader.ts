// What is no tool's to read: resources, prompts, completions. Apart from the wrapper, as its errors are the protocol's:
// `jobwright call` answers without loading that.
import { inFlight } from './in-flight.ts';
import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server';
import { Problem, refused } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { effectsOf } from '../services/shared/effects.ts';
import type { ReadResource } from '../services/context.ts';
import type { ReadScope } from '../store/scope.ts';
import { scopesFor } from '../tools/authority.ts';
import { mayConsult, readsAs } from '../tools/consulted.ts';
import { dueInWords, faultInWords } from './answers.ts';
import { checkGranted } from './checks.ts';
import { onceBooked } from './due.ts';
import type { Session } from './session.ts';
import { asVisible, timed } from './visible.ts';

/** Reads them as the tool that shows as much would. Its errors are the protocol's, in our words. */
export function resourceReader(session: Session): ReadResource {
  return async ({ name, uri }, read) => {
    try {
      return await inFlight(session, name, async () => {
        const tool = readsAs(name, session.role);
        if (tool === null) throw refused(says('call.not-for-role', { name, role: session.role }));
        checkGranted(session, name, scopesFor(tool, { id: uri }));
        const { result: finish, due } = await onceBooked(session, tool, async (stops) => {
          const look = async (scope: ReadScope) => {
            // Of the others no answer has room to tell it.
            if (name === 'resources/read' && (await stops(scope))) return null;
            const sight = await asVisible(session, tool, scope);
            return { done: await read(mayConsult(session.role) ? sight : { ...sight, visible: new Set() }) };
          };
          return await session.store.read(session.accountId, timed(session, look));
        });
        return await finish(effectsOf(session, { client: name }), dueInWords(due));
      });
    } catch (error) {
      const words = faultInWords(session, error);
      if (!(error instanceof Problem)) throw new ProtocolError(ProtocolErrorCode.InternalError, words);
      if (uri !== undefined && error.kind === 'not_found') throw new ResourceNotFoundError(uri, words);
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, words);
    }
  };
}
