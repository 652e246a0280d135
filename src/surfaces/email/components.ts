/** The only door to this package: what it carries has moved before, and may again. */
export {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Preview,
  Section,
  Text,
} from '@react-email/components'
