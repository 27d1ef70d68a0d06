import { SideFrame, type SideFrameProps } from '../components/side-frame.tsx';
import { auditPages, auditText as text } from './audit-text.ts';

export type AuditFrameProps = Pick<
  SideFrameProps,
  'current' | 'heading' | 'lead' | 'children' | 'wide'
>;

/** A page of the auditor's. */
export const AuditFrame = (props: AuditFrameProps) => (
  <SideFrame navigation={text.navigation} pages={auditPages} {...props} />
);
