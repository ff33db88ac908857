import type { FastifyHelmetOptions } from '@fastify/helmet';

/** Nothing but what Swagger UI needs: its own scripts and styles, the styles it writes inline, its images as data. */
export const SECURITY_HEADERS: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Whether a host is to be reached over TLS alone is for whoever terminates it to say.
  strictTransportSecurity: false,
};
