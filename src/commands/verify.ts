import { tmpdir } from 'node:os';
import { readIdentities } from '../backup/age.ts';
import { unpack } from '../backup/bring-back.ts';
import { isSealed } from '../backup/manifest.ts';
import { readEnvelope } from '../backup/read.ts';
import { scratchFolder } from '../backup/scratch.ts';
import { fingerprintOf } from '../backup/signing.ts';
import type { Config } from '../config.ts';
import { archiveMeant, faultsTold, soundness, stateInWords, stateJson } from './archives.ts';
import { print } from './operator.ts';
import { sharesOn } from './progress.ts';
import { untilTold } from './until-told.ts';

/** All that a restore checks, of which nothing is kept. */
export async function verify(config: Config): Promise<number> {
  const archive = archiveMeant(config);
  const { identity, fingerprint } = config.archive;
  const keys = identity === undefined ? undefined : await readIdentities(identity);
  const { manifest: outer } = await readEnvelope(archive);
  return await untilTold(async (signal) => {
    const scratch = scratchFolder(tmpdir(), 'jobwright-verify-');
    try {
      const progress = sharesOn();
      const found = await unpack(scratch.folder, archive, { keys, fingerprint, signal, progress, isOnlyLook: true });
      const about = {
        ...{ archive, book: outer.book, madeAt: outer.madeAt, writeNumber: outer.writeNumber, program: outer.program },
        ...{ encrypted: isSealed(outer), fingerprint: fingerprintOf(outer.publicKey) },
      };
      if (found === null) {
        print(
          config,
          { ...about, opened: false, faults: [] },
          `Its outside is sound: of ${outer.madeAt}, signed with the key ${about.fingerprint}, and every byte is as it was written. What is encrypted in it was not opened; --identity FILE checks that too.`,
        );
        return 0;
      }
      await found.engine.close();
      const { accounts, manifest } = found;
      const faults = faultsTold(config, found.faults);
      print(
        config,
        {
          ...{ ...about, opened: true, accounts: stateJson(accounts) },
          ...{ files: manifest.files.length, lost: manifest.lost, faults },
        },
        [...stateInWords(accounts), soundness(manifest, faults), `Signed with the key ${about.fingerprint}.`].join(
          '\n',
        ),
      );
      return faults.length === 0 ? 0 : 1;
    } finally {
      scratch.remove();
    }
  });
}
