import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { JobsModule } from '../../jobs/jobs.module.js';
import { Awakenings } from './awakenings.js';
import { FeedStreamService } from './feed-stream.service.js';
import { JobStreamService } from './job-stream.service.js';
import { NewsReader } from './news-reader.js';
import { OpenStreams } from './open-streams.js';

@Module({
  imports: [AuthModule, JobsModule],
  providers: [JobStreamService, FeedStreamService, Awakenings, NewsReader, OpenStreams],
  exports: [JobStreamService, FeedStreamService, OpenStreams, AuthModule, JobsModule],
})
export class StreamModule {}
