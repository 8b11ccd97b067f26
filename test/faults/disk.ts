// A disk as strict POSIX has it, played back from a log up to the moment at which the power goes. What was synced is
// there. Of what was written since, any of its sectors may be; of names given and taken since, any; and a name is safe
// only once its folder was synced, for which that folder's own name must be, up to the disk.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Done } from './log.ts';
import type { Random } from './random.ts';

type Write =
  | { readonly at: number; readonly offset: number; readonly bytes: Buffer }
  | { readonly at: number; readonly size: number };

/** What a power cut leaves of what was not synced: how likely each piece stays, and how large the pieces are. */
export type Chance = { readonly stays: number; readonly sector: 512 | 4096 };

class File {
  #synced: Buffer = Buffer.alloc(0);
  #pending: Write[] = [];

  do(write: Write): void {
    this.#pending.push(write);
  }

  sync(before: number): void {
    this.#synced = applied(
      this.#synced,
      this.#pending.filter(({ at }) => at < before),
    );
    this.#pending = this.#pending.filter(({ at }) => at >= before);
  }

  /** As programs see it. */
  now(): Buffer {
    return applied(this.#synced, this.#pending);
  }

  afterCut(random: Random, { stays, sector }: Chance): Buffer {
    if (this.#pending.length === 0) return this.#synced;
    const sizes = [this.#synced.length];
    const onSector = new Map<number, Write[]>();
    for (const write of this.#pending) {
      const size = sizes.at(-1) ?? 0;
      const [start, end] =
        'bytes' in write
          ? [write.offset, write.offset + write.bytes.length]
          : [Math.min(size, write.size), Math.max(size, write.size)];
      sizes.push('bytes' in write ? Math.max(size, end) : write.size);
      for (let each = Math.floor(start / sector); each * sector < end; each += 1)
        onSector.set(each, [...(onSector.get(each) ?? []), write]);
    }
    const content = Buffer.alloc(Math.max(...sizes));
    this.#synced.copy(content);
    for (const [each, writes] of onSector) {
      if (random.next() >= stays) continue;
      // The sector may have gone to the disk before it was last written to.
      const kept = random.next() < 0.8 ? writes.length : 1 + random.below(writes.length);
      for (const write of writes.slice(0, kept)) applyWithin(content, write, each * sector, (each + 1) * sector);
    }
    const size = random.next() < stays ? (sizes.at(-1) ?? 0) : random.pick(sizes);
    return content.subarray(0, size);
  }
}

function applied(content: Buffer, writes: readonly Write[]): Buffer {
  if (writes.length === 0) return content;
  const ends = writes.map((write) => ('bytes' in write ? write.offset + write.bytes.length : write.size));
  const grown = Buffer.alloc(Math.max(content.length, ...ends));
  content.copy(grown);
  let size = content.length;
  for (const write of writes) {
    applyWithin(grown, write, 0, grown.length);
    size = 'bytes' in write ? Math.max(size, write.offset + write.bytes.length) : write.size;
  }
  return grown.subarray(0, size);
}

function applyWithin(content: Buffer, write: Write, from: number, to: number): void {
  if (!('bytes' in write)) {
    content.fill(0, Math.min(Math.max(from, write.size), content.length), Math.min(to, content.length));
    return;
  }
  const start = Math.max(from, write.offset);
  const end = Math.min(to, write.offset + write.bytes.length);
  if (start < end) write.bytes.copy(content, start, start - write.offset, end - write.offset);
}

type Entry = File | Folder;
/** A name given or taken. */
class Naming {
  readonly at: number;
  readonly adds: readonly [string, Entry] | null;
  readonly takes: string | null;
  /** A file that moves to another folder leaves the one once it is in the other. */
  readonly after: Naming | null;
  #isSynced = false;
  /** Of one cut. */
  #fate: { readonly cut: Random; readonly stays: boolean } | null = null;

  constructor(
    at: number,
    adds: readonly [string, Entry] | null,
    takes: string | null = null,
    after: Naming | null = null,
  ) {
    this.at = at;
    this.adds = adds;
    this.takes = takes;
    this.after = after;
  }

  apply(entries: Map<string, Entry>): void {
    if (this.takes !== null) entries.delete(this.takes);
    if (this.adds !== null) entries.set(...this.adds);
  }

  sync(entries: Map<string, Entry>): void {
    this.apply(entries);
    this.#isSynced = true;
  }

  stays(cut: Random, chance: number): boolean {
    if (this.#isSynced) return true;
    if (this.#fate?.cut !== cut)
      this.#fate = { cut, stays: (this.after?.stays(cut, chance) ?? true) && cut.next() < chance };
    return this.#fate.stays;
  }
}

class Folder {
  readonly #synced = new Map<string, Entry>();
  #pending: Naming[] = [];
  readonly #now = new Map<string, Entry>();

  do(naming: Naming): void {
    this.#pending.push(naming);
    naming.apply(this.#now);
  }

  /** What the disk held before anything was written down. */
  start(name: string, entry: Entry): void {
    this.#synced.set(name, entry);
    this.#now.set(name, entry);
  }

  sync(before: number): void {
    for (const naming of this.#pending) if (naming.at < before) naming.sync(this.#synced);
    this.#pending = this.#pending.filter(({ at }) => at >= before);
  }

  get(name: string): Entry | undefined {
    return this.#now.get(name);
  }

  entries(): ReadonlyMap<string, Entry> {
    return this.#now;
  }

  afterCut(cut: Random, { stays }: Chance): ReadonlyMap<string, Entry> {
    const left = new Map(this.#synced);
    for (const naming of this.#pending) if (naming.stays(cut, stays)) naming.apply(left);
    return left;
  }
}

export class Disk {
  readonly #root: string;
  readonly #top = new Folder();

  /** @param root the folder that is the disk, empty but for these folders, which are safe */
  constructor(root: string, folders: readonly string[] = []) {
    this.#root = root;
    for (const path of folders) this.#folder(dirname(path)).start(basename(path), new Folder());
  }

  do({ kind, at, path, to, offset, size, bytes }: Done): void {
    switch (kind) {
      case 'said':
        return;
      case 'create':
      case 'mkdir':
        this.#name(at, path, kind === 'mkdir' ? new Folder() : new File());
        return;
      case 'link':
        this.#name(at, to, this.#at(path));
        return;
      case 'unlink':
      case 'rmdir':
        this.#folder(dirname(path)).do(new Naming(at, null, basename(path)));
        return;
      case 'rename':
        this.#rename(at, path, to);
        return;
      case 'sync':
        this.#at(path).sync(offset);
        return;
      case 'write':
        this.#file(path).do({ at, offset, bytes });
        return;
      case 'truncate':
        this.#file(path).do({ at, size });
    }
  }

  /** Every file by its path under the disk, as programs see it. */
  files(): Map<string, Buffer> {
    const found = new Map<string, Buffer>();
    const look = (folder: Folder, under: string) => {
      for (const [name, entry] of folder.entries()) {
        if (entry instanceof File) found.set(join(under, name), entry.now());
        else look(entry, join(under, name));
      }
    };
    look(this.#top, '');
    return found;
  }

  /** Writes what is left if the power goes now into a folder that is not there yet. @param random of this cut alone */
  cut(into: string, random: Random, chance: Chance): void {
    const put = (folder: Folder, path: string) => {
      mkdirSync(path, { mode: 0o700 });
      for (const [name, entry] of folder.afterCut(random, chance)) {
        if (entry instanceof Folder) put(entry, join(path, name));
        else writeFileSync(join(path, name), entry.afterCut(random, chance), { mode: 0o600 });
      }
    };
    put(this.#top, into);
  }

  #name(at: number, path: string, entry: Entry): Naming {
    const naming = new Naming(at, [basename(path), entry]);
    this.#folder(dirname(path)).do(naming);
    return naming;
  }

  /** Within a folder it is one step. */
  #rename(at: number, path: string, to: string): void {
    const entry = this.#at(path);
    const from = this.#folder(dirname(path));
    if (dirname(path) === dirname(to)) from.do(new Naming(at, [basename(to), entry], basename(path)));
    else from.do(new Naming(at, null, basename(path), this.#name(at, to, entry)));
  }

  #at(path: string): Entry {
    if (path === this.#root) return this.#top;
    const entry = this.#folder(dirname(path)).get(basename(path));
    if (entry === undefined) throw new Error(`the log knows no ${path}`);
    return entry;
  }

  #folder(path: string): Folder {
    const entry = this.#at(path);
    if (entry instanceof File) throw new Error(`${path} is a file`);
    return entry;
  }

  #file(path: string): File {
    const entry = this.#at(path);
    if (entry instanceof Folder) throw new Error(`${path} is a folder`);
    return entry;
  }
}
