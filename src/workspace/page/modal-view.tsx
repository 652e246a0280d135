import type { KnownBlock, ModalView as SlackModal } from '@slack/types'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ViewState, WorkspaceView } from '../protocol/page-api.ts'
import { SurfaceBlocks } from './blocks/surface-blocks.tsx'
import { useSurfaceState } from './blocks/use-surface-state.ts'
import { BackIcon, CloseIcon } from './icons.tsx'
import { PlainText } from './text/slack-text.tsx'
import type { Act } from './use-workspace.ts'

interface ModalViewProps {
  view: WorkspaceView
  onTop: boolean
  /** There is another modal beneath, to which one can go back. */
  stacked: boolean
  problem: string | null
  onProblem: (problem: string | null) => void
  onClose: (clearAll: boolean) => void
  act: Act
}

/** One modal: Slack's frame around its blocks, and the submission with what may be wrong with it. */
export function ModalView(props: ModalViewProps) {
  const { view, problem, onProblem, act } = props
  const section = useRef<HTMLElement>(null)
  const blocks = view.blocks as KnownBlock[]
  const { errors, submitting, submit } = useSubmission(props)
  const use = useSurfaceState({
    id: view.id,
    source: { kind: 'view', viewId: view.id },
    blocks,
    errors,
    act,
    onProblem,
  })
  useEffect(() => {
    if (Object.keys(errors).length === 0) return
    section.current?.querySelector<HTMLElement>('.has-error :is(input, textarea)')?.focus()
  }, [errors])

  const send = (event: FormEvent) => {
    event.preventDefault()
    submit(use.surface.values)
  }
  return (
    <section ref={section} className="dialog-view" hidden={!props.onTop}>
      <ModalHead {...props} />
      <form id={`${view.id}-form`} className="dialog-body" onSubmit={send} noValidate>
        <SurfaceBlocks blocks={blocks} use={use} />
      </form>
      {problem && (
        <p className="dialog-problem" role="alert">
          {problem}
        </p>
      )}
      <ModalFoot {...props} submitting={submitting} />
    </section>
  )
}

function useSubmission({ view, act, onProblem }: ModalViewProps) {
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [submitting, setSubmitting] = useState(false)
  const submit = async (state: ViewState) => {
    if (submitting) return
    onProblem(null)
    setSubmitting(true)
    const result = await act('submit', { viewId: view.id, state })
    setSubmitting(false)
    setErrors(result.fieldErrors ?? {})
    if (!result.ok && !result.fieldErrors) onProblem(result.error ?? 'Something went wrong.')
  }
  return { errors, submitting, submit }
}

function ModalHead({ view, stacked, onClose }: ModalViewProps) {
  return (
    <header className="dialog-head">
      {stacked && (
        <button type="button" className="icon-button" aria-label="Back" onClick={() => onClose(false)}>
          <BackIcon />
        </button>
      )}
      <h2 id={`${view.id}-title`}>
        <PlainText text={(view as SlackModal).title.text} />
      </h2>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => onClose(true)}>
        <CloseIcon />
      </button>
    </header>
  )
}

function ModalFoot({ view, submitting, onClose }: ModalViewProps & { submitting: boolean }) {
  const { close, submit } = view as SlackModal
  return (
    <footer className="dialog-foot">
      <button type="button" className="button" onClick={() => onClose(false)}>
        <PlainText text={close?.text ?? (submit ? 'Cancel' : 'Close')} />
      </button>
      {submit && (
        <button
          type="submit"
          form={`${view.id}-form`}
          className="button button-primary"
          aria-busy={submitting}
          disabled={submitting}
        >
          <PlainText text={submit.text} />
          {submitting && <span className="spinner" role="status" aria-label="Submitting…" />}
        </button>
      )}
    </footer>
  )
}
