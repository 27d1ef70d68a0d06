import { hash, randomBytes } from 'node:crypto';

/** 256 random bits as base64url. */
export const newToken = () => randomBytes(32).toString('base64url');

/** The only thing that is stored of a token; a fast hash will do, since nobody can guess 256 bits. */
export const tokenHash = (token: string) => hash('sha256', token, 'buffer');
