// One entry of the table: the file at the path PAGE. Read once for each, so no guard.
// The bytes go from the file to the object: as numbers in a source they would be 8 s of compiling.
{
    PAGE,
    (const unsigned char[]){
#embed PAGE
    },
    sizeof((const unsigned char[]){
#embed PAGE
    }),
},
#undef PAGE
