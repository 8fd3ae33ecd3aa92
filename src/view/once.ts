/** Makes a value when it is first asked for, and gives the same ever after. For what costs the browser much more to make than to use, such as formats. */
export function once<Value extends object | string>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
