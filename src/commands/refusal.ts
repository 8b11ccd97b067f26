// What a command does not do, in words: whoever typed it reads them in their terminal, and no other reader gets them.
export class Refusal extends Error {}
