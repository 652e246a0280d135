import { describe, expect, it } from 'vitest'
import { namedColleagues } from '../../../src/surfaces/view-models/named-colleagues.ts'
import { typedNames } from '../../../src/surfaces/view-models/typed-names.ts'
import { aPerson } from '../../support/builders.ts'

const person = (id: string, name: string) => aPerson({ id, name, email: `${id}@example.com` })
const DIRECTORY = [
  person('ute', 'Ute Meier'),
  person('ben', 'Ben Koch'),
  person('max', 'Hofer, Max'),
  person('kim', 'Dr. Kim Adler'),
  person('jo', 'Jo Koch-Adler'),
  person('lee', 'Lee Park'),
  person('lee2', 'Lee Park'),
  person('noor', 'Noor\u200B  van\u00A0Dyke'),
]
/** As the directory searches: every word is in the name or the address. */
const choices = {
  searchPeople: async (text: string) => {
    const words = text.toLowerCase().split(/[\s,;]+/)
    return DIRECTORY.filter(({ name, email }) => words.every((word) => `${name} ${email}`.toLowerCase().includes(word)))
  },
}

describe('colleagues who are typed by name', () => {
  it.each<[string, string[]]>([
    ['Meier, Ute', ['ute']],
    ['Ute Meier', ['ute']],
    ['Ute Meier, Ben Koch', ['ute', 'ben']],
    ['Meier, Ute, Koch, Ben', ['ute', 'ben']],
    ['Meier, Ute; Ben Koch', ['ute', 'ben']],
    ['Hofer, Max\nMeier, Ute', ['max', 'ute']],
    ['Max Hofer', ['max']],
    ['Adler, Dr. Kim', ['kim']],
    ['ute@example.com, Ben Koch', ['ute', 'ben']],
    ['ute, max', ['ute', 'max']],
    ['noor van dyke', ['noor']],
    ['van Dyke, Noor', ['noor']],
    ['Ute Meier; Meier, Ute', ['ute']],
    [' ; ,\n', []],
  ])('%j', async (typed, ids) => {
    expect(await namedColleagues(choices, typed)).toEqual({ ids, problem: null })
  })

  it('are told apart where two have the name, and named where nobody has it', async () => {
    expect(await namedColleagues(choices, 'Park, Lee')).toMatchObject({
      problem: 'More than one colleague is called “Park, Lee”: please use their email address.',
    })
    expect(await namedColleagues(choices, 'Nobody, Ute')).toEqual({
      ids: ['ute'],
      problem: 'No colleague is called “Nobody”.',
    })
  })
})

describe('companions who are not in the directory', () => {
  it.each([
    ['Dr. Hofer, Max', ['Dr. Hofer, Max']],
    ['Hofer, Max; Meier, Ute', ['Hofer, Max', 'Meier, Ute']],
    ['Hofer, Max\nKim', ['Hofer, Max', 'Kim']],
    ['Kim Lee, Jo Park', ['Kim Lee', 'Jo Park']],
    ['Kim Lee, Jo', ['Kim Lee, Jo']],
    [' Kim ;; Jo\u200B ;', ['Kim', 'Jo']],
    ['Kim Lee,', ['Kim Lee']],
    ['', []],
  ])('%j', (typed, names) => {
    expect(typedNames(typed)).toEqual(names)
  })
})
