async function onIdentify(event, settings) {
  // segfn: ignore[F182] the log is read by nobody
  console.log(event.traits?.email);
  console.log(event.traits?.phone); // segfn: ignore[F181] it is public
//                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ L108 unused-ignore: nothing here raises F181
  //^^^^^^^^^ F182 personal-data-shown: this log shows `traits.phone`
// right:
}
