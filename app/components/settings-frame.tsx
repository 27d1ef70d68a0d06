import { settingsPages, settingsText, type SettingsPage } from './settings-pages.ts';
import { SideFrame, type SideFrameProps } from './side-frame.tsx';

export interface SettingsFrameProps extends Pick<SideFrameProps, 'lead' | 'children' | 'wide'> {
  readonly current: SettingsPage;
  /** Where the page shows a part of what its name says. */
  readonly heading?: string;
}

/** A settings page, beside the list of all of them. */
export const SettingsFrame = ({ current, heading, ...rest }: SettingsFrameProps) => {
  const page = settingsPages.find(({ path }) => path === current) ?? settingsPages[0];
  return (
    <SideFrame
      navigation={settingsText.navigation}
      pages={settingsPages}
      current={current}
      heading={heading ?? page.heading}
      {...rest}
    />
  );
};
