"""What sites print around a record: menus, buttons, notes, disclaimers. A line of it is no value, and ends any list.

Skip to main content
Save this study
The safety and scientific validity of this study is the responsibility of the study sponsor and investigators. ...
"""

from __future__ import annotations

import re
from functools import lru_cache

from parser.forms.pages.site import speaks_to_the_reader
from parser.forms.pages.vocabulary import key

# Whole lines, by their letters and digits.
_LINES = frozenset(
    key(line)
    for line in """
Skip to main content|Skip to content|Skip navigation|Jump to content|Main menu|Menu|Home|Search|Find|Find Studies
Go to sections|Go to
Find a study|New Search|Advanced Search|See Studies by Topic|See Studies on Map|How to Search|How to Use Search Results
How to Find Results of Studies|How to Read a Study Record|About Studies|Learn About Studies|Why Should I Register
Submit Studies|How to Register Your Study|FDAAA 801 and the Final Rule|Resources|Selected Publications
Clinical Alerts and Advisories|RSS Feeds|Trends, Charts, and Maps|Downloading Content for Analysis|About Site
About This Site|ClinicalTrials.gov Background|About the Results Database|History, Policies, and Laws
Media/Press Resources|Linking to This Site|Terms and Conditions|Terms of Use|Terms of Service|Terms|Disclaimer
Privacy|Privacy Policy|Cookie Policy|Cookies|Accept|Accept all|Accept cookies|Reject|Decline|Close|OK|Working...
Please Wait|Loading|Loading...|Saved Studies|Saved Studies (0)|Save this study|Save Study|Share|Share this|Print
Print this page|Print page|Download|Download PDF|Export|Email|Bookmark|Follow|Follow us|Tweet|Facebook|Twitter|LinkedIn
Back|Back to top|Back to search|Back to results|Return to search|Return to List|Return to Search|Top of Page|Top
Go to|Go to sections|Next|Previous|Next Study|Previous Study|Hide|Show|Show more|Show less|Show all|Show details
Hide details|Read more|Read less|See more|Learn more|More|View more|View all|View details
View on ClinicalTrials.gov|View full results
View source|View this study on the modernized ClinicalTrials.gov|Log in|Login|Log out|Sign in|Sign up|Sign up now
Register
Create account|My account|Subscribe|Newsletter|Contact us|Help|FAQ|FAQs|Feedback|Site map|Sitemap|Accessibility
Glossary|Hide glossary|Show glossary|Study record managers|PRS Login|Full Text View|Tabular View|Study Details
Study Results|No Study Results Posted|No Results Posted|Results not yet posted|Study results not yet posted
History of Changes
History of Changes for this study|Record History|Researcher View|Results Posted|Advanced view|Expand all|Collapse all
Expand|Collapse|Click here|Apply now|Apply|Join|Join this trial|Get started|Contact|Check eligibility|Request info
Study Map|Map|Locations Map|Get Directions|Sponsored|Advertisement|Powered by|Copyright|All rights reserved
Trial Finder|Clinical Trials|Clinical Trial|Clinical Trials Registry|Clinical Research News|Related Content|Tags
View Full Description|View Eligibility Criteria|Check Your Eligibility|Call Now|Ask to take part|I'm interested
Home & Search|Joining a trial|What's new|Links
Select...|Contact Us|For more information|By phone|By email|Government Funding Lapse|U.S. flag|Find more clinical trials
Try the New Site|Disclaimer for details|Trial Finder Home|Clinical Trials Directory|Clinical Trials Search
Search Clinical Trials
Clinical Trial Details|Raw JSON|Full Info|Submit|Awards & Highlights|Page Options|Print This Document|Log in to save
Change History|Text Size|Select a language|Language|English|Example: "Heart attack" AND "Los Angeles"|of|x|×
""".replace("\n", "|").split("|")
    if line.strip()
)

_LONGEST_LINE = 100

_SENTENCES = re.compile(
    r"(?:the safety and scientific validity of this study|listing a study does not mean|read our disclaimer"
    r"|know the risks and potential benefits|choosing to participate in a study is an important"
    r"|talk with your doctor|to learn more about this study, you or your doctor may contact"
    r"|please refer to this study by its clinicaltrials\.gov identifier|for general information, learn about clinical"
    r"|contact information is only displayed when"
    r"|for additional information, contact|information from the national library of medicine"
    r"|clinicaltrials\.gov processed this (?:data|record) on|this information was retrieved directly from the website"
    r"|we'?re building a (?:better|modernized)|the (?:modernized )?clinicaltrials\.gov|covid-19 is an emerging"
    r"|get the latest public health information|get the latest research information|warning you have reached"
    r"|you have reached the maximum number of saved studies|an official website of the united states"
    r"|here'?s how you know|(?:official|secure) (?:\.gov )?websites use|an? \.gov website belongs|a lock \("
    r"|javascript is (?:required|disabled)"
    r"|please enable javascript|this site (?:uses|requires)|we use cookies|by using this (?:site|website)"
    r"|clinicaltrials\.gov is a (?:resource|registry|database|website|service)|a service of the u\.?s\.? national"
    r"|u\.s\. national library of medicine|u\.s\. department of health|national institutes? of health\Z"
    r"|view (?:this |the )?(?:trial|study|record) (?:on|at)\b"
    r"|copyright\b|©|all rights reserved|last updated (?:on|\d)|updated \d+ \w+ ago|trial record \d+ of"
    r"|use our guide to|this website uses cookies|page last (?:updated|modified|reviewed)"
    r"|the u\.s\. government does not review"
    r"|study (?:and contact )?information .{0,40}(?:is provided|provided by) (?:nlm|the national library)"
    r"|conditions usually refer to a disease|interventions refer to the drug"
    r"|most clinical trials are designated as phase"
    r"|layout table for|(?:participant|patient)s?'? eligibility includes|specific guidelines that"
    r"|the (?:disease, disorder|factors, or reasons)"
    r"|an? (?:interventional|observational) (?:clinical )?study is|healthy volunteers are participants"
    r"|researchers look for people who fit|this section (?:provides|describes|contains)"
    r"|the following bullet points list"
    r"|(?:outcome measures|study objectives) can provide|you may be eligible if|study statuses change often"
    r"|please note\b"
    r"|data (?:is )?sourced from|this (?:platform|site|website) is|for informational purposes only|this is an?"
    r" (?:interventional|observational)\b.{0,60}\btrial\b|searching both is|always consult|trial data sourced"
    r"|now available for public comment"
    r"|the .{3,30} module contains|.{3,30} module path is as follows|this trial id was obtained|let.s see if you might"
    r"|ignite (?:creation|modification) date|because of a lapse in government|updates regarding government"
    r"|see this in plain english"
    r"|ai-rewrites|try the modernized|the classic website will|study -> |[\w ]{3,40} -> [\w ]{3,40} -> "
    r"|no placebo groupall|prior safety data|powered by ai\b|we updated the design of this site"
    r"|this site became the new|important: (?:listing|talk))",
    re.IGNORECASE,
)


# How much of a line these look at.
_LONGEST_SENTENCE = 200

# After this a page has no more of the record: a glossary, news, other trials.
_END = re.compile(
    r"clinicaltrials\.gov processed this (?:data|record) on|study record managers: refer to", re.IGNORECASE
)
# So short a line may be an item of a list; a longer one is nothing but a site's.
_SURE_LENGTH = 8


def is_furniture(text: str) -> bool:
    """Whether a line is a site's own: a menu's entry, a button, a note, a disclaimer, a sentence to the reader."""
    return is_site_line(text) or speaks_to_the_reader(text)


def is_site_line(text: str, surely: bool = False) -> bool:
    """The same without sentences to the reader, which running text may have; `surely` for a line of running text."""
    if is_menu_entry(text) and not (surely and len(key(text)) < _SURE_LENGTH):
        return True
    return _is_sentence(text.lstrip(" *•-")[:_LONGEST_SENTENCE])


# The readers of a page ask it of each line several times.
@lru_cache(maxsize=4096)
def _is_sentence(text: str) -> bool:
    return _SENTENCES.match(text) is not None


def is_menu_entry(text: str) -> bool:
    """Whether a line is a menu's entry or a button."""
    return len(text) <= _LONGEST_LINE and key(text) in _LINES


def ends_record(text: str) -> bool:
    """Whether what follows a line is no part of the record."""
    return _END.match(text) is not None
