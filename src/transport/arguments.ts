// How hosts write the arguments of a call where they are not an object: null for none, or the JSON text of one. The SDK
// refuses both with words that help nobody, and what a call needs is looked up by its arguments, so this comes first.
import { readJson } from '../domain/json.ts';

/** Makes an object of the arguments of a call, in the message as it was just parsed, where they can be read as one. */
export function mendArguments(message: unknown): void {
  if (!isObject(message) || !('method' in message) || message.method !== 'tools/call') return;
  if (!('params' in message) || !isObject(message.params) || !('arguments' in message.params)) return;
  const given = message.params.arguments;
  const read = typeof given === 'string' && given !== '' ? readJson(given)?.value : {};
  if ((given === null || typeof given === 'string') && isObject(read)) message.params.arguments = read;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
