import { Module } from '@nestjs/common';
import { QuotasService } from './quotas.service.js';

@Module({ providers: [QuotasService], exports: [QuotasService] })
export class QuotasModule {}
