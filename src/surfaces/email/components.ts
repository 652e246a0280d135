/**
 * The only door to React Email, part by part: its index brings Tailwind, a highlighter and a Markdown reader along, and took half a
 * second of every start.
 */
export { Body } from '@react-email/body'
export { Button } from '@react-email/button'
export { Container } from '@react-email/container'
export { Head } from '@react-email/head'
export { Heading } from '@react-email/heading'
export { Html } from '@react-email/html'
export { Preview } from '@react-email/preview'
export { Section } from '@react-email/section'
export { Text } from '@react-email/text'
