import { type EntitySubscriberInterface, EventSubscriber, type TransactionStartEvent } from 'typeorm';
import { currentAuthor } from './author.js';

/** Tells each transaction of a request whose it is; the audit's triggers read it there. */
@EventSubscriber()
export class AuthorSubscriber implements EntitySubscriberInterface {
  async afterTransactionStart({ queryRunner }: TransactionStartEvent): Promise<void> {
    const author = currentAuthor();
    if (author) await queryRunner.query(`SELECT set_config('audit.author', $1, true)`, [JSON.stringify(author)]);
  }
}
