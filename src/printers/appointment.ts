// Appointments in words, in the time of the business.
import type { Printed } from './catalogue.ts';
import type { AppointmentRow, AppointmentList, AppointmentWritten } from '../views/internal/appointment.ts';
import { line, phrase, row, said, toRecord, type Block, type Phrase } from './blocks.ts';
import { counted, didLine, joined, moreRows, sampleText, short, shortRow } from './format.ts';

/** One line; alone its notes are whole. */
export function appointmentText(appointment: AppointmentRow, longest = 200): Phrase {
  const { ref, title, when, customer, job, people, place, notes, status, repeatsWith } = appointment;
  const details = joined(
    [
      phrase`${toRecord(customer.ref)} ${customer.name}`,
      job !== null && phrase`${toRecord(job.ref)} ${job.name}`,
      people.length > 0 && `who goes: ${people.join(', ')}`,
      repeatsWith !== undefined && phrase`repeats, the first ${toRecord(repeatsWith)}`,
      place !== null && `at ${short(place, longest)}`,
      notes !== null && phrase`notes: ${said(shortRow(notes, longest))}`,
    ],
    '; ',
  );
  const mark = status === 'scheduled' ? '' : ` ${status.toUpperCase()}`;
  return phrase`${when} ${toRecord(ref)} ${title}${sampleText(appointment)}${mark}: ${details}`;
}

export function appointmentWrittenBlocks(written: Printed<AppointmentWritten>): Block[] {
  const { visits = [], warnings, appointment } = written;
  return [
    didLine(written),
    ...warnings.map((warning) => line(warning)),
    line(appointmentText(appointment)),
    ...(visits.length === 0 ? [] : [line(`All ${visits.length}: ${visits.map(visitText).join(', ')}.`)]),
  ];
}

function visitText({ ref, day }: { ref: string; day: string }): string {
  return `${ref} ${day}`;
}

export function appointmentListBlocks(list: Printed<AppointmentList>): Block[] {
  const days = `${list.from === list.to ? `on ${list.from}` : `from ${list.from} to ${list.to}`} (${list.timeZone})`;
  const samples = list.samplesLeftOut === true ? ', samples left out' : '';
  if (list.count === 0) return [line(`No appointments ${days}${samples}.`)];
  const without = list.leftOut === undefined ? '' : `, without ${list.leftOut}`;
  return [
    line(`${counted(list.count, 'appointment')} ${days}${samples}:`),
    ...list.appointments.map((appointment) => row(appointmentText(appointment))),
    ...moreRows(list.appointments.length, list.count, list.nextCursor),
    ...(list.file === undefined
      ? []
      : [line(`Calendar file with ${counted(list.count, 'appointment')}: ${list.file}${without}.`)]),
  ];
}
