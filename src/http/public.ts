import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'isPublic';

/** Lets a route answer without a token. */
export const Public = (): MethodDecorator => SetMetadata(IS_PUBLIC, true);
