import type { WorkspaceState } from '../protocol/page-api.ts'
import { Avatar } from './avatar.tsx'
import { type Place, placeHref } from './place.ts'

interface PeopleListProps {
  people: WorkspaceState['people']
  place: Place
  onPick?: () => void
}

/** Everybody who can be tried out, with what each has not seen yet. Links, so that two people fit two windows. */
export function PeopleList({ people, place, onPick }: PeopleListProps) {
  return (
    <ul className="people">
      {people.map(({ userId, name, title, unread, unreadMails }) => (
        <li key={userId}>
          <a
            href={placeHref(userId, place.tab)}
            className="person"
            aria-current={userId === place.userId ? 'true' : undefined}
            onClick={onPick}
          >
            <Avatar name={name} />
            <span className="person-text">
              <b className={unread > 0 ? 'person-name has-unread' : 'person-name'}>{name}</b>
              <span>{title}</span>
            </span>
            {unreadMails > 0 && <Badge count={unreadMails} what="new mail" quiet />}
            {unread > 0 && <Badge count={unread} what="new message" />}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** A number on a pill; "3 new messages" to those who hear it. */
export function Badge({ count, what, quiet = false }: { count: number; what: string; quiet?: boolean }) {
  return (
    <span className={quiet ? 'badge badge-quiet' : 'badge'} title={`${count} ${what}${count === 1 ? '' : 's'}`}>
      {quiet && <span aria-hidden="true">✉ </span>}
      {count}
      <span className="only-heard">{` ${what}${count === 1 ? '' : 's'}`}</span>
    </span>
  )
}
