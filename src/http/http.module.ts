import { Global, Module } from '@nestjs/common';
import { Pager } from './page/pager.js';

/** What controllers of every feature need. */
@Global()
@Module({ providers: [Pager], exports: [Pager] })
export class HttpModule {}
