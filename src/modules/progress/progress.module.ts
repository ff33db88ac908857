import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { HistoryRepository } from './history/history.repository.js';
import { HistoryService } from './history/history.service.js';
import { ReadingSlots } from './history/reading-slots.js';
import { Awakenings } from './stream/awakenings.js';
import { FeedReader } from './stream/feed-reader.js';
import { FeedStreamService } from './stream/feed-stream.service.js';
import { JobStreamService } from './stream/job-stream.service.js';
import { NewsReader } from './stream/news-reader.js';
import { OpenStreams } from './stream/open-streams.js';

/** What a run has reported: its history, and the live streams. */
@Module({
  imports: [AuthModule, JobsModule],
  providers: [
    HistoryService,
    HistoryRepository,
    ReadingSlots,
    JobStreamService,
    FeedStreamService,
    Awakenings,
    NewsReader,
    FeedReader,
    OpenStreams,
  ],
  exports: [HistoryService, JobStreamService, FeedStreamService, OpenStreams, AuthModule, JobsModule],
})
export class ProgressModule {}
