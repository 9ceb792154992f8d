// expect 1:1 T120 broken-function
const onTrack = async (event, settings) => {
  console.log(event.event);
};
