/** The same object with one method of ours; the others run on the object itself, private parts and all. */
export const withMethod = <Target extends object, Name extends keyof Target>(
  object: Target,
  name: Name,
  method: Target[Name],
): Target =>
  new Proxy(object, {
    get: (target, asked) => {
      if (asked === name) return method;
      const own: unknown = Reflect.get(target, asked, target);
      return typeof own === 'function' ? (own.bind(target) as unknown) : own;
    },
  });
