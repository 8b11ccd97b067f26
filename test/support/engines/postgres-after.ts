// After every test file on PostgreSQL that has a process of its own.
import { afterAll } from 'vitest';
import { dropIdle } from './postgres-books.ts';

afterAll(dropIdle);
