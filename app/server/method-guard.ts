import type { RequestHandler } from 'express';
import { sendEdgePage } from './plain-page.ts';

const METHODS = ['GET', 'HEAD', 'POST'];

/** Three methods are spoken here. OPTIONS too ends here: Remix would run loaders for it. */
export const methodGuard: RequestHandler = (request, response, next) => {
  if (METHODS.includes(request.method)) return next();
  response.setHeader('Allow', METHODS.join(', '));
  sendEdgePage(request, response, 'method-not-allowed');
};
