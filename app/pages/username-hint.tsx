/** Tells a password manager whose password the form is about. Nobody sees it and it is not sent: it has no name. */
export const UsernameHint = ({ username }: { readonly username: string }) => (
  <input type="text" autoComplete="username" value={username} readOnly hidden />
);
