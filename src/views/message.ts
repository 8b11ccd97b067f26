// What a view says besides its figures: a message, which the printers put into words. In the answer that is sent it is text.
import { z } from 'zod';
import { isMessage, type Message } from '../domain/message.ts';

export const message = z.custom<Message>(isMessage);
