import { SetMetadata } from '@nestjs/common';

export const IS_EXPENSIVE = 'isExpensive';

/** Counts a route under the stricter policy as well: it reads or writes much, or keeps a worker busy. */
export const Expensive = (): MethodDecorator => SetMetadata(IS_EXPENSIVE, true);
