interface Described<Type extends string, Value> {
  readonly name: string;
  readonly type: Type;
  readonly default: Value;
  /** One line for people. */
  readonly description: string;
  readonly unit?: string;
  /** What other libraries call it; used for suggestions, never accepted. */
  readonly aliases?: readonly string[];
}

/** JSON Schema's keywords. An exclusive bound is never reached. */
export interface Bounds {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

export type IntegerHyperparameter = Described<'integer', number> & Bounds;
export type NumberHyperparameter = Described<'number', number> & Bounds;
export type BooleanHyperparameter = Described<'boolean', boolean>;
export type EnumHyperparameter = Described<'enum', string> & { readonly values: readonly string[] };
/** The bounds hold for each item. */
export type IntegerListHyperparameter = Described<'integer[]', readonly number[]> &
  Bounds & { readonly minItems: number; readonly maxItems: number };

/** One adjustable quantity of a model type: what it means, what it may be, and what it is when nobody says. */
export type Hyperparameter =
  IntegerHyperparameter | NumberHyperparameter | BooleanHyperparameter | EnumHyperparameter | IntegerListHyperparameter;

export type HyperparameterValue = number | boolean | string | number[];

/** A complete, JSON-safe set, in the order of the schema. */
export type Hyperparameters = Record<string, HyperparameterValue>;
