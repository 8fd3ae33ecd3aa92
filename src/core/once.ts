/**
 * Makes a value when it is first asked for, and gives the same ever after. For what takes much longer to make than to use, such as formats, long patterns and tables: the
 * worker starts often, and a start needs few of those that its code knows.
 */
export function once<Value extends object | string>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
