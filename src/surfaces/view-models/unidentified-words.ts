import type { Unidentified } from '../../core/people/identify-person.ts'

/** Why somebody cannot use Motorpool, for that person. */
export const UNIDENTIFIED_WORDS: Record<Unidentified, string> = {
  not_a_member:
    'Motorpool is for full members of this organisation: guests, bots and people from elsewhere cannot book its cars.',
  not_in_directory:
    'You are not in the company directory that Motorpool knows: it has nobody with your email address. Please ask an administrator to add you.',
  inactive: 'Your entry in the company directory is no longer active. Please ask an administrator.',
}
