import { buttonClass } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { connectionsText as text } from './connections-text.ts';
import { Stays, WayInRow, type WayInUse } from './way-in-row.tsx';

export interface PasswordRowProps {
  readonly password: WayInUse;
  /** There is no other row. */
  readonly alone: boolean;
  readonly now: string;
}

/** The password among the ways in; changed and removed on its own page. */
export const PasswordRow = ({ password, alone, now }: PasswordRowProps) => (
  <WayInRow
    mark={<Icon name="key" className="size-3" />}
    name={text.password}
    use={password}
    now={now}
    actions={
      <>
        <a href="/settings/password" className={buttonClass('quiet', true)}>
          {password.removable ? text.changeOrRemovePassword : text.changePassword}
        </a>
        {!password.removable && <Stays id="stays-password" alone={alone} />}
      </>
    }
  />
);
