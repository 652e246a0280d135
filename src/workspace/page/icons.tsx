import type { ReactNode } from 'react'

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

function Line({ d }: { d: string }) {
  return (
    <Icon>
      <path d={d} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </Icon>
  )
}

export const CloseIcon = () => <Line d="M5 5l10 10M15 5L5 15" />
export const BackIcon = () => <Line d="M12 4l-6 6 6 6" />
export const ChevronIcon = () => <Line d="M5.5 8l4.5 4.5L14.5 8" />
export const CheckIcon = () => <Line d="M4 10.5l4 4 8-9" />
export const MenuIcon = () => <Line d="M3 5.5h14M3 10h14M3 14.5h14" />
export const MailIcon = () => <Line d="M3 5h14v10H3zM3 6l7 5 7-5" />
export const PaperclipIcon = () => <Line d="M14 9l-5 5a2.5 2.5 0 0 1-4-3l6-6a2 2 0 0 1 3 3l-6 6" />
export const EyeIcon = () => (
  <Line d="M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z" />
)
export const WarningIcon = () => <Line d="M10 3.5l7.5 13h-15zM10 8v4M10 14.2v.1" />

export const MoreIcon = () => (
  <Icon>
    <g fill="currentColor">
      <circle cx="4" cy="10" r="1.6" />
      <circle cx="10" cy="10" r="1.6" />
      <circle cx="16" cy="10" r="1.6" />
    </g>
  </Icon>
)

export const SendIcon = () => (
  <Icon>
    <path d="M3 3.5l15 6.5-15 6.5 1.8-5.6L12 10 4.8 9.100z" fill="currentColor" />
  </Icon>
)

/** Motorpool's own picture: a car from the side. */
export const CarIcon = () => (
  <svg className="car" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path
      d="M6.500 21.500h-1.500a1.500 1.500 0 0 1-1.500-1.500v-3.200a2.500 2.500 0 0 1 1.900-2.400l2.600-.7 2.900-4.100a3 3 0 0 1 2.500-1.300h5.600a3 3 0 0 1 2.300 1.100l3.200 3.900 2.500.7a2.500 2.500 0 0 1 1.800 2.400v3.600a1.500 1.500 0 0 1-1.500 1.500h-1.300"
      fill="currentColor"
      opacity=".95"
    />
    <path
      d="M11 13.200l1.900-2.600a1.200 1.200 0 0 1 1-.5h1.600v3.100zM17.300 10.100h1.700a1.200 1.200 0 0 1 .9.4l2.200 2.700h-4.800z"
      className="car-window"
    />
    <circle cx="10" cy="21.500" r="3" className="car-tyre" />
    <circle cx="22.500" cy="21.500" r="3" className="car-tyre" />
  </svg>
)
