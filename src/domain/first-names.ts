// First names and what people are called for short, as far as they are common: Chris may be Christopher.

/** A name, and its short ones. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ abigail: 'abby', abraham: 'abe', adam: '', alan: 'al', albert: 'al,bert', alexander: 'alex,al,sandy,xander' },
  ...{ alexandra: 'alex,lexi,sandra', alfred: 'al,fred', amanda: 'mandy', andrea: 'andi', andrew: 'andy,drew' },
  ...{ angela: 'angie', anthony: 'tony', antonio: 'tony', arthur: 'art', barbara: 'barb', benjamin: 'ben,benny' },
  ...{ bernard: 'bernie', bradley: 'brad', brian: '', calvin: 'cal', carl: '', catherine: 'cathy,cate,cat' },
  ...{ charles: 'charlie,chuck,chas', charlotte: 'charlie,lottie', christian: 'chris' },
  ...{ christina: 'chris,chrissy,tina', christine: 'chris,chrissy', christopher: 'chris,kris', cynthia: 'cindy' },
  ...{ daniel: 'dan,danny', danielle: 'dani', david: 'dave,davy', deborah: 'deb,debbie', dennis: 'denny' },
  ...{ donald: 'don,donny', dorothy: 'dot,dottie', douglas: 'doug', edward: 'ed,eddie,ned,ted', edwin: 'ed,eddie' },
  ...{ eleanor: 'ellie,nell', elizabeth: 'beth,betsy,betty,eliza,libby,liz,lizzie', emily: 'em', eric: '' },
  ...{ eugene: 'gene', francis: 'frank', frances: 'fran,frannie', frank: '', franklin: 'frank' },
  ...{ frederick: 'fred,freddy,rick', gabriel: 'gabe', george: '', gerald: 'gerry,jerry', gregory: 'greg' },
  ...{ harold: 'hal,harry', henry: 'hank,harry', isabella: 'bella,izzy', jacob: 'jake', jacqueline: 'jackie' },
  ...{ james: 'jamie,jim,jimmy', janet: 'jan', jeffrey: 'jeff', jennifer: 'jen,jenny', jeremy: 'jerry' },
  ...{ jerome: 'jerry', jessica: 'jess,jessie', john: 'jack,johnny', jonathan: 'jon,jonny', jordan: '' },
  ...{ joseph: 'joe,joey', joshua: 'josh', judith: 'judy', julia: '', justin: '' },
  ...{ katherine: 'kat,kate,kathy,katie,kit', kathleen: 'kate,kathy,katie', keith: '', kenneth: 'ken,kenny' },
  ...{ kevin: 'kev', kimberly: 'kim', lawrence: 'larry', leonard: 'len,lenny,leo', lewis: 'lew,lou' },
  ...{ louis: 'lou,louie', louise: 'lou', margaret: 'maggie,marge,margie,meg,peggy', mark: '', martha: 'marty' },
  ...{ martin: 'marty', matthew: 'matt,matty', maxwell: 'max', maximilian: 'max', michael: 'mick,mickey,mike' },
  ...{ michelle: 'shelly', mitchell: 'mitch', nancy: '', natalie: 'nat', nathan: 'nat,nate', nathaniel: 'nat,nate' },
  ...{ nicholas: 'nick,nicky', nicole: 'nicky', oliver: 'ollie', pamela: 'pam', patricia: 'pat,patty,tricia,trish' },
  ...{ patrick: 'paddy,pat', paul: '', peter: 'pete', philip: 'phil', phillip: 'phil', rachel: 'rach' },
  ...{ randall: 'randy', raymond: 'ray', rebecca: 'becca,becky', reginald: 'reg,reggie' },
  ...{ richard: 'dick,rich,rick,ricky', robert: 'bert,bob,bobby,rob,robbie', roberto: 'bob,rob', rodney: 'rod' },
  ...{ roger: '', ronald: 'ron,ronnie', russell: 'russ', ryan: '', samantha: 'sam,sammy', samuel: 'sam,sammy' },
  ...{ sandra: 'sandy', sarah: 'sally', scott: 'scotty', sebastian: 'seb', simon: '', stanley: 'stan' },
  ...{ stephanie: 'steph', stephen: 'steve', steven: 'steve', susan: 'sue,susie,suzy', tamara: 'tammy' },
  ...{ terence: 'terry', theodore: 'ted,teddy,theo', theresa: 'terry,tess', thomas: 'tom,tommy' },
  ...{ timothy: 'tim,timmy', tobias: 'toby', valerie: 'val', vanessa: 'nessa', victor: 'vic' },
  ...{ victoria: 'tori,vicky', vincent: 'vince,vinnie', virginia: 'ginny', walter: 'wally,walt', wayne: '' },
  ...{ wesley: 'wes', wilfred: 'fred,will', william: 'bill,billy,liam,will,willie', zachary: 'zach,zack' },
};

const SAME = new Map<string, Set<string>>();
const KNOWN = new Set<string>();
for (const [name, short] of Object.entries(NAMES)) {
  KNOWN.add(name);
  for (const each of short.split(',').filter((said) => said !== '')) {
    KNOWN.add(each);
    SAME.set(name, (SAME.get(name) ?? new Set()).add(each));
    SAME.set(each, (SAME.get(each) ?? new Set()).add(name));
  }
}

/** Names that somebody with this first name may go by as well, short or in full. */
export function namesakes(name: string): readonly string[] {
  return [...(SAME.get(name) ?? [])];
}

export function isFirstName(word: string): boolean {
  return KNOWN.has(word);
}
