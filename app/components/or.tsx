/** Between two ways to do the same: a hairline with words in it. */
export const Or = ({ children }: { readonly children: string }) => (
  <p className="my-3 flex items-center gap-1.5 text-small text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
    {children}
  </p>
);
