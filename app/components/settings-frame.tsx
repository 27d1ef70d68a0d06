import { settingsPages, settingsText, type SettingsPage } from './settings-pages.ts';
import { SideFrame, type SideFrameProps } from './side-frame.tsx';

export interface SettingsFrameProps extends Pick<SideFrameProps, 'lead' | 'children' | 'wide'> {
  readonly current: SettingsPage;
}

/** A settings page, beside the list of all of them. */
export const SettingsFrame = ({ current, ...rest }: SettingsFrameProps) => {
  const { heading } = settingsPages.find(({ path }) => path === current) ?? settingsPages[0];
  return (
    <SideFrame
      navigation={settingsText.navigation}
      pages={settingsPages}
      current={current}
      heading={heading}
      {...rest}
    />
  );
};
