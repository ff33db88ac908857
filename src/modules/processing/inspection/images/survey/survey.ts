import type { ContentProblem } from '../../inspection.js';
import type { ArchiveFile } from '../archive/archive-entry.js';
import type { Glimpse } from '../image/glimpse.js';
import { type Image, judgeFile } from '../image/judge-file.js';
import { ClassFolders } from './class-folders.js';
import { ImagePreview } from './image-preview.js';
import { ImageStatistics } from './image-statistics.js';
import { ProblemList, problemWith } from './problem-list.js';
import { isDescription, isLeftBehind } from './side-file.js';

/** Takes in the files of an archive one by one, in memory that does not grow with their content. */
export class Survey {
  readonly problems = new ProblemList();
  readonly folders = new ClassFolders();
  readonly statistics = new ImageStatistics();
  readonly preview = new ImagePreview();
  #place = 0;

  constructor(private readonly maxPixels: number) {}

  add(file: ArchiveFile, seen: Glimpse): void {
    this.#place++;
    if (isLeftBehind(file)) return;
    const judgement = judgeFile(file.name, seen, this.maxPixels);
    if (judgement.image) this.#addImage(file, judgement.image);
    else this.#addProblem(file, problemWith(file.path, judgement.code, judgement.detail));
  }

  /** Ends the inspection where it stands. */
  stop(problem: ContentProblem): void {
    this.problems.add(this.#place + 1, problem);
  }

  #addImage(file: ArchiveFile, image: Image): void {
    const loose = problemWith(file.path, 'image_without_class', 'The image lies in no folder of a class.');
    if (file.folders.length === 0) {
      this.problems.add(this.#place, loose);
      return;
    }
    if (file.folders.length === 1) this.problems.suppose(1, this.#place, loose);
    this.folders.add(file.folders);
    this.statistics.add(image);
    this.preview.add(file, image);
  }

  #addProblem(file: ArchiveFile, problem: ContentProblem): void {
    const mayDescribe = problem.code === 'not_an_image' && isDescription(file);
    if (!mayDescribe || file.folders.length > 1) this.problems.add(this.#place, problem);
    else if (file.folders.length === 1) this.problems.suppose(0, this.#place, problem);
  }
}
