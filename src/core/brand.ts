declare const brand: unique symbol;

/** A string or number that stands for one kind of thing only, so that two kinds of id cannot be mixed up. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
