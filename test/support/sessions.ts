// Sessions of the earlier era whose ids say nothing of them: they end where they are forgotten.
import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { SessionIds } from '../../src/transport/http/session-ids.ts';
import { whenDone } from './ending.ts';

export function livingWhereOpened(): void {
  const making = vi.spyOn(SessionIds.prototype, 'make').mockImplementation(async () => randomUUID());
  whenDone(() => making.mockRestore());
}
