import type { ConfirmationDialog } from '@slack/types'
import { useId } from 'react'
import { Dialog } from './dialog.tsx'
import { PlainText, SlackText } from './text/slack-text.tsx'

interface ConfirmDialogProps {
  confirm: ConfirmationDialog
  onAnswer: (yes: boolean) => void
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function ConfirmDialog({ confirm, onAnswer }: ConfirmDialogProps) {
  const titleId = useId()
  const deny = () => onAnswer(false)
  return (
    <Dialog labelledBy={titleId} className="dialog-confirm" focusKey={titleId} onDismiss={deny}>
      <section className="dialog-view">
        <header className="dialog-head">
          <h2 id={titleId}>
            <PlainText text={confirm.title?.text ?? 'Are you sure?'} />
          </h2>
        </header>
        <div className="dialog-body">
          <SlackText text={confirm.text} />
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={deny}>
            <PlainText text={confirm.deny?.text ?? 'Cancel'} />
          </button>
          <button
            type="button"
            className={`button button-${confirm.style === 'danger' ? 'danger' : 'primary'}`}
            onClick={() => onAnswer(true)}
            data-focus-on-load
          >
            <PlainText text={confirm.confirm?.text ?? 'Yes'} />
          </button>
        </footer>
      </section>
    </Dialog>
  )
}
