// What bytes are, whatever the name says.
import { zipSync } from 'fflate';
import * as fc from 'fast-check';
import Pdf from 'pdfkit';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { isPdf, pdfFlaw } from '../../src/files/pdf.ts';
import { sniff } from '../../src/files/type.ts';
import { box, heic, jpeg, png, webp } from './photos.ts';

const text = (words: string) => Buffer.from(words, 'utf8');
const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, text('x')])));

/** An OLE container with these parts at its top. */
function ole(...names: string[]): Buffer {
  const file = Buffer.alloc(512 * 3);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(0, 76);
  file.fill(0xff, 512, 1024);
  file.writeUInt32LE(0xfffffffd, 512);
  file.writeUInt32LE(0xfffffffe, 516);
  for (const [index, name] of ['Root Entry', ...names].entries()) {
    const at = 1024 + index * 128;
    file.write(name, at, 'utf16le');
    file.writeUInt16LE((name.length + 1) * 2, at + 64);
    file.writeUInt32LE(0xffffffff, at + 68);
    file.writeUInt32LE(index > 0 && index < names.length ? index + 1 : 0xffffffff, at + 72);
    file.writeUInt32LE(index === 0 ? 1 : 0xffffffff, at + 76);
  }
  return file;
}

const officeZip = (part: string, type: string) =>
  zipSync({
    '[Content_Types].xml': text(
      `<Types><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    ),
    [part]: text('<x/>'),
  });
const KEPT: [string, Uint8Array, string][] = [
  ['pdf', text('%PDF-1.7\n%âãÏÓ\n1 0 obj'), 'quote.pdf'],
  ['docx', officeZip('word/document.xml', 'wordprocessingml.document'), 'letter.docx'],
  ['xlsx', officeZip('xl/workbook.xml', 'spreadsheetml.sheet'), 'costs.xlsx'],
  ['pptx', officeZip('ppt/presentation.xml', 'presentationml.presentation'), 'pitch.pptx'],
  ['doc', ole('WordDocument', '1Table'), 'letter.doc'],
  ['xls', ole('Workbook'), 'costs.xls'],
  ['ppt', ole('Current User', 'PowerPoint Document'), 'pitch.ppt'],
  ['pages', zip('Index/Document.iwa', 'Index/Tables/DataList.iwa'), 'letter.pages'],
  ['numbers', zip('Index/Document.iwa', 'Index/Tables/DataList.iwa'), 'costs.numbers'],
  ['keynote', zip('Index/Document.iwa', 'Index/Slide-1.iwa'), 'pitch.pages'],
  ['text', text('Gate code 4411. Größe: 3 × 4 m, BMW parts <b>'), 'note'],
  ['text', Buffer.from('\uFEFFGröße', 'utf16le'), 'note.txt'],
  ['csv', text('date,amount\n2026-03-01,420.50\n'), 'Costs.CSV'],
  ['png', png(), 'a'],
  ['jpeg', jpeg(), 'a.exe'],
  ['gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 'a.gif'],
  ['webp', webp(), 'a.webp'],
  ['heic', heic(), 'a.jpg'],
  ['zip', zip('a.txt'), 'a.docx'],
];
const OTHER: [string, Uint8Array | string][] = [
  ['an executable', Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(200)])],
  ['an executable', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), Buffer.alloc(100)])],
  ['an executable', zip('META-INF/MANIFEST.MF', 'A.class')],
  ['a script', '#!/bin/sh\nrm -rf /\n'],
  ['a script', '<?php echo 1; ?>'],
  ['an HTML page', '<!doctype html><p>Hello'],
  ['an HTML page', '\uFEFF  \n<!-- a --><HTML lang="en">'],
  ['an HTML page', '<img src=x onerror=alert(1)>'],
  ['an HTML page', 'Hello\n<script src="x"></script>'],
  ['an SVG picture', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['an SVG picture', '<svg onload="alert(1)">'],
  ['an XML file', '<?xml version="1.0"?><a/>'],
  ['an RTF document', '{\\rtf1\\ansi Hello}'],
  ['a contact card', 'BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nabc'],
  ['a video', box('ftyp', Buffer.from('mp42\0\0\0\0mp42isom', 'latin1'))],
  ['a sound recording', Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'), Buffer.alloc(30)])],
  ['an AVIF picture', box('ftyp', Buffer.from('avif\0\0\0\0mif1avif', 'latin1'))],
  ['a BigTIFF picture (save it as JPEG or TIFF)', Buffer.from('49492b00080000003a00000000000000', 'hex')],
  ['a BigTIFF picture (save it as JPEG or TIFF)', Buffer.from('4d4d002b00080000000000000000003a', 'hex')],
  ['a GZ archive other than ZIP', Buffer.concat([Buffer.from('1f8b08000000000000', 'hex'), Buffer.alloc(30)])],
  ['an Office file locked with a password', ole('EncryptionInfo', 'EncryptedPackage')],
  ['an OLE container, like an installer or an Outlook message', ole('__properties_version1.0')],
  ['text in an old encoding (save it as UTF-8)', Buffer.from('Gr\xf6\xdfe', 'latin1')],
  ['no type of file that is known here', Buffer.from('00010203fffefd', 'hex')],
];

async function pdf(options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const document = new Pdf(options);
  document.text('Hill Supply, 420.50').addPage().text('Thank you.').end();
  return await buffer(document);
}

describe('a PDF', () => {
  it('is one behind blank lines too, and stays as it is', async () => {
    for (const before of ['\n\n', '\r\n  \t', '\uFEFF', '\0\0'])
      expect(await sniff(Buffer.concat([text(before), await pdf()]), 'receipt.txt')).toEqual({ type: 'pdf' });
    expect(isPdf(text(`${'\n'.repeat(2000)}%PDF-1.7`))).toBe(false);
    expect(await sniff(text('Notes on %PDF-1.7'), 'a.txt')).toEqual({ type: 'text' });
  });

  it('is damaged where it was cut, wherever that was, or where nothing is in it', async () => {
    const whole = await pdf();
    expect(pdfFlaw(whole)).toBeNull();
    // Readers do without the last line.
    const needed = whole.lastIndexOf('startxref') + 'startxref\n1'.length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: needed - 1 }), (at) => {
        expect(pdfFlaw(whole.subarray(0, at))).toBe('damaged');
      }),
    );
    for (const nothing of ['%PDF-1.7\n', '%PDF-1.4\n%%EOF']) expect(pdfFlaw(text(nothing))).toBe('damaged');
  });

  it('is whole with something added to it, behind it or before it', async () => {
    const whole = await pdf();
    const added = text('9 0 obj\n<< >>\nendobj\nxref\n9 1\n0000000000 00000 n\ntrailer << >>\nstartxref\n900\n%%EOF');
    for (const parts of [
      [whole, text('\n\n<!-- mail -->')],
      [text('\n\n'), whole],
      [whole, added],
    ])
      expect(pdfFlaw(Buffer.concat(parts))).toBeNull();
    expect(pdfFlaw(Buffer.concat([whole, added.subarray(0, 30)]))).toBe('damaged');
    // As it is laid out for the web: its beginning ends like a file.
    expect(pdfFlaw(text('%PDF-1.7\n1 0 obj << /Linearized 1 >> endobj\nstartxref\n0\n%%EOF\n2 0 obj <<'))).toBe(
      'damaged',
    );
  });

  it('that a password protects says so', async () => {
    expect(pdfFlaw(await pdf({ userPassword: 'hill' }))).toBe('locked');
    expect(pdfFlaw(await pdf({ userPassword: 'hill', pdfVersion: '1.7ext3' }))).toBe('locked');
    expect(pdfFlaw(await pdf({ info: { Title: '/Encrypt' } }))).toBeNull();
  });
});

describe('a file is what its bytes are', () => {
  it.each(KEPT)('%s', async (type, bytes, name) => {
    expect(await sniff(bytes, name)).toEqual({ type });
  });

  it.each(OTHER)('%s', async (is, bytes) => {
    for (const name of ['photo.jpg', 'notes.txt', 'quote.pdf'])
      expect(await sniff(typeof bytes === 'string' ? text(bytes) : bytes, name)).toEqual({ is });
  });

  it('what is embedded in a sheet does not make it a letter', async () => {
    const sheet = ole('Workbook', 'MBD0001');
    sheet.write('WordDocument', 1024 + 3 * 128, 'utf16le');
    expect(await sniff(sheet, 'costs.xls')).toEqual({ type: 'xls' });
  });

  it('a ZIP whose list of contents claims billions of parts is looked at no longer than it is', async () => {
    const whole = Buffer.from(zip('a.txt'));
    const ending = whole.subarray(-22);
    // As large archives say how many parts they have.
    const large = Buffer.alloc(56 + 20);
    large.write('PK\x06\x06', 0, 'latin1');
    large.writeUInt32LE(0xffff_fff0, 32);
    large.write('PK\x06\x07', 56, 'latin1');
    large.writeUInt32LE(whole.length - 22, 64);
    const file = Buffer.concat([whole.subarray(0, -22), large, ending]);
    expect(await sniff(file, 'a.zip')).toEqual({ type: 'zip' });
  });

  it('a letter whose list of contents has junk behind it is an answer too', async () => {
    const list = Buffer.from(officeZip('word/document.xml', 'wordprocessingml.document'));
    // Behind the local heading: a stream that ends at once, and more.
    Buffer.from('0300ffffffff', 'hex').copy(list, 30 + list.readUInt16LE(26));
    expect(Object.keys(await sniff(list, 'a.docx'))).toHaveLength(1);
  });

  it('damaged containers are an answer, not an error', async () => {
    for (const whole of [ole('WordDocument'), Buffer.from(zip('Index/Document.iwa'))])
      for (let length = 8; length < whole.length; length += 41) {
        const damaged = Buffer.from(whole.subarray(0, length));
        damaged.fill(0xfe, length >> 1);
        expect(Object.keys(await sniff(damaged, 'a.pages'))).toHaveLength(1);
      }
  });
});
