import { TYPED } from '../../slack/typed-texts.ts'

/** What people may type, as long as it may be; the letters of Thai take three bytes each. */
export const LONG_TEXTS: typeof TYPED = [
  ...TYPED,
  ['Thai', (length) => 'พบลูกค้าที่ท่าเรือ'.repeat(length).slice(0, length)],
  ['quotes alone', (length) => '"'.repeat(length)],
]

/** What a client must not read as anything but itself. */
export const TELLING_TEXTS = [
  '*bold* _it_ **strong** `code` ~~gone~~',
  '[x](https://example.com)',
  '# no heading',
  '- no list',
  '1. no list',
  '<at>Mara Lindt</at>',
  '<b>R&D</b> &amp; &lt;',
  'https://example.com',
  '{{DATE(2026-11-02T09:00:00Z, LONG)}} {{TIME(2026-11-02T09:00:00Z)}}',
  '{{{{DATE(2026-11-02T09:00:00Z)}}}}',
  ['$', '{name}'].join(''),
  'two\nlines\n\nand a third',
  'نلتقي في الميناء',
  'พบลูกค้าที่ท่าเรือ',
  'back\\slash "quotes"',
]
