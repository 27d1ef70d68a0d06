import { createContext, useContext } from 'react';

/**
 * The nonce of this answer, for script tags. It comes by React's context and not by loader data, which browsers
 * keep; in the browser it is unknown, and no script needs it there.
 */
export const NonceContext = createContext<string | undefined>(undefined);

export const useNonce = () => useContext(NonceContext);
