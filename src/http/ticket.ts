import { SetMetadata } from '@nestjs/common';

export const ACCEPTS_TICKET = 'acceptsTicket';

/** Lets a stream be opened with `?ticket=` where a header cannot be sent: a browser's EventSource has no way to. */
export const AcceptsTicket = () => SetMetadata(ACCEPTS_TICKET, true);
