"""News that is about something else: what most of a stream consists of, made from sentences of our own.

Each topic has sentences with slots; a document takes some of one topic in their order, in paragraphs. Places stand in
most of them. A share of the documents, drawn by `hard`, comes from topics that use the words of recruiting for other
things (clubs sign players, choirs recruit singers, a café hires waiters) or name regions, firms and technology.
"""

import random
import re
from collections.abc import Iterator, Sequence

SLOTS: dict[str, tuple[str, ...]] = {
    "place": ("Lisbon", "Leeds", "Osaka", "Bremen", "Quito", "Nairobi", "Tampere", "Perth", "Lyon", "Chengdu", "Oslo",
              "Shenzhen", "Turin", "Halifax", "Pune", "Busan", "Hangzhou", "Graz", "Cork", "Austin"),
    "land": ("China", "Germany", "France", "India", "Japan", "Brazil", "Canada", "Italy", "South Korea", "Taiwan",
             "Spain", "the United States", "Australia", "Singapore", "Saudi Arabia", "Poland", "Kenya", "Mexico"),
    "person": ("Marta Oyelaran", "Jonas Feld", "Irene Castellan", "Tom Adeyemi", "Li Wenjun", "Sara Lindqvist",
               "Pavel Hruska", "Grace Otieno", "Ned Barlow", "Akira Sonoda", "Ruth Amsel", "Dev Chandran"),
    "firm": ("Norvale", "Kestrel Air", "Brightwater", "Halden Foods", "Oltremare", "Tessera Bank", "Polder Energy",
             "Finch & Rowe", "Quarry Motors", "Lumen Retail", "Sableworks", "Aster Telecom"),
    "n": ("12", "18", "27", "40", "63", "85", "120", "240", "310", "450", "900", "1,300", "2,600", "14,000"),
    "money": ("2 million euros", "$14 million", "£600,000", "3.5 billion yuan", "$220", "900,000 dollars"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "month": ("January", "March", "April", "June", "August", "October", "November"),
    "pct": ("1.2", "2.4", "3.7", "0.6", "5.1", "8.3", "11", "17"),
}  # fmt: skip

PLAIN: dict[str, tuple[str, ...]] = {
    "weather": (
        "A band of heavy rain crossed {place} on {day} and left {n} homes without power.",
        "Forecasters said that the storm would weaken before it reached the coast.",
        "Trains between {place} and {place} were cancelled until the evening.",
        "The river rose by {pct} metres within a day, the fastest since {month}.",
        "Fire crews pumped out cellars and took {n} people to a sports hall.",
        "{person}, who keeps a bakery by the bridge, said that the water came through the door at five in the morning.",
        "The council gave out sandbags and asked residents to stay at home.",
        "Farmers in the valley expect to lose a third of the apple crop.",
        "Schools will open again on {day} if the roads are clear.",
        "In {land}, the same front brought the first snow of the season.",
        "Insurers put the damage at {money}, a figure that may still rise.",
        "A warning for strong wind stays in force until {day} night.",
    ),
    "markets": (
        "Shares in {place} closed {pct} per cent higher on {day} after the central bank left its rate unchanged.",
        "{firm} led the gains, helped by a strong quarter in {land}.",
        "Analysts had expected a profit of {money}; the company reported {money}.",
        "The currency fell to its lowest level since {month}.",
        "Oil was little changed, while copper added {pct} per cent.",
        "Bond yields rose as traders bet on fewer cuts this year.",
        "{person}, chief economist of {firm}, said that consumers were still spending.",
        "Exports from {land} grew by {pct} per cent in {month}, the statistics office said.",
        "Imports of machinery were flat, and those of cars fell.",
        "The finance ministry will sell {money} of ten-year paper on {day}.",
        "{firm} cut its forecast for the year and closed two warehouses near {place}.",
        "Retail sales missed expectations for the second month in a row.",
    ),
    "politics": (
        "Parliament in {place} passed the budget on {day} with a majority of {n} votes.",
        "The opposition walked out before the count and called the bill a gift to landlords.",
        "Ministers from {land} and {land} will meet in {place} next week to talk about fishing rights.",
        "{person} said that her party would vote against any rise in the fuel tax.",
        "Turnout in the local elections was {pct} points lower than four years ago.",
        "The mayor promised to reopen the library before {month}.",
        "A spokesman for the government declined to comment.",
        "Protesters blocked the road to the airport for two hours; {n} were arrested.",
        "The court will hear the appeal on {day}.",
        "{land} recalled its ambassador after the remarks, and {land} offered to mediate.",
        "The commission wants farmers to leave part of their land fallow.",
        "The coalition has a majority of only {n} seats.",
    ),
    "crime": (
        "Police in {place} are looking for two men who robbed a jeweller's on {day}.",
        "The pair left in a grey van with watches worth {money}.",
        "Officers asked anyone who was near the station at noon to come forward.",
        "A woman of 34 was treated in hospital and has gone home.",
        "{person} told the court that he had never been inside the shop.",
        "The jury took {n} minutes to reach a verdict.",
        "The judge set bail at {money} and ordered him to hand in his passport.",
        "Detectives from {land} helped to trace the stolen paintings.",
        "Customs found {n} kilograms of ivory in a container at the port.",
        "The trial goes on in {month}.",
        "Neighbours described the suspect as a quiet man who fed the pigeons.",
        "Prosecutors want a sentence of nine years.",
    ),
    "culture": (
        "The museum in {place} opens its new wing on {day} with a show of maps.",
        "{person}'s second novel follows a ferry pilot through one winter.",
        "Critics praised the score and found the last act too long.",
        "Tickets cost {money} less than last year, the organisers said.",
        "The festival drew {n} visitors, a third of them from {land}.",
        "A quartet from {place} plays on the closing night.",
        "The film was shot in {land} over {n} days.",
        "The actor plays a lighthouse keeper who loses his memory.",
        "Streaming rights went to {firm} for {money}.",
        "The paintings were thought lost until a cleaner found them behind a boiler in {month}.",
        "Readers chose it as the book of the year.",
        "The gallery is closed on {day}s.",
    ),
    "health": (
        "Doctors in {place} have warned of an early flu season.",
        "The number of cases rose to {n} last week, the health office said.",
        "Pharmacies ran short of a common cough syrup in {month}.",
        "A study of {n} patients found that a short walk after meals lowers blood sugar.",
        "The vaccine is free for everyone over sixty.",
        "{person}, a family doctor, said that most people recover within a week.",
        "Hospitals in {land} postponed planned operations.",
        "Parents should keep children with a fever at home.",
        "The ministry bought {n} thousand doses from {firm}.",
        "Researchers found no link between the sweetener and headaches.",
        "The clinic near the harbour is to close in {month}, and patients will have to travel.",
        "The figures are published every {day}.",
    ),
    "science": (
        "Scientists have found a frog the size of a fingernail in the hills above {place}.",
        "The telescope saw the light of a star that died {n} million years ago.",
        "Researchers at a university in {land} trained crows to sort screws by size.",
        "The team measured the ice on {n} lakes and found it thinner everywhere.",
        "{person}, who led the study, called the result a surprise.",
        "The rocket put {n} small satellites into orbit on {day}.",
        "Engineers lost contact with the probe for two days and found it again.",
        "A new battery keeps its charge {pct} per cent longer in the cold, a paper says.",
        "The bones belong to an animal the size of a pony, the scientists believe.",
        "The sample will be compared with rocks from {land}.",
        "The work was paid for by a grant of {money}.",
        "Mathematicians needed {n} pages for the proof.",
    ),
    "gadgets": (
        "{firm} showed its new telephone in {place} on {day}.",
        "The screen is brighter, the camera sharper, and the price {money} higher.",
        "Software updates will come for seven years, the company promised.",
        "The assistant uses artificial intelligence to write messages, sometimes badly.",
        "Our tester found that the battery lasted {n} hours.",
        "The chip comes from a factory in {land}.",
        "A flaw let strangers read messages; developers closed it within a day.",
        "Rivals from {land} offer similar devices for less.",
        "Sales of headphones fell by {pct} per cent in {month}.",
        "The watch counts steps and scolds its owner.",
        "Buyers in {place} queued from five in the morning.",
        "{person}, head of design, said that the blue had taken two years.",
    ),
}

HARD: dict[str, tuple[str, ...]] = {
    "sport": (
        "{place} have signed the striker {person} from a club in {land} for {money}.",
        "The coach had been looking for a left back since {month}.",
        "The club will pay the player {money} a year until he is thirty.",
        "Scouts from three leagues watched the final on {day}.",
        "{person} rejected an offer from {place} and stays for another season.",
        "The team hired a new goalkeeping coach after the defeat.",
        "The transfer window closes on {day}, and the rivals want two more signings.",
        "Young players from {land} are courted by every big club.",
        "He scored {n} goals in his first year and was named man of the match twice.",
        "Fans greeted the recruit at the airport with flags.",
        "The academy takes boys of twelve, some of them from {land}.",
        "The captain left the pitch in tears; the star may miss {n} games.",
    ),
    "local jobs": (
        "A café by the station in {place} has hired three waiters for the summer.",
        "The supermarket chain {firm} will open a shop in {place} and create {n} jobs at the tills.",
        "Strawberry growers are looking for pickers and pay by the kilo.",
        "The number of people out of work fell by {pct} per cent in {month}, the labour office said.",
        "Lifeguards are wanted at the lido; swimmers may apply until {day}.",
        "The post office is recruiting drivers for the Christmas weeks.",
        "{firm} is to cut {n} jobs at its plant in {land}, the union said.",
        "Staff were told of the closure at a meeting on {day}.",
        "The hotel gives its cleaners a room and two meals a day.",
        "Vacancies in shops and bars rose for the third month.",
        "{person} has run the bakery for thirty years and finds no successor.",
        "The wages of bus drivers go up by {pct} per cent in {month}.",
    ),
    "volunteers": (
        "The choir of {place} is recruiting tenors for its spring concert.",
        "Volunteers are wanted to count toads on the road to {place}.",
        "The fire brigade hopes to attract more women and holds an open day on {day}.",
        "The army missed its target for new soldiers by {n}.",
        "A hospital in {place} is recruiting patients for a trial of an asthma spray.",
        "The theatre is looking for children who can juggle.",
        "The party has won {n} new members since the speech.",
        "Gangs lure boys with new shoes and telephones, a report on {place} says.",
        "Police accuse the group of recruiting couriers in {land}.",
        "The scouts have invited families to a camp in {month}.",
        "Jurors were chosen on {day}; {n} had been called.",
        "The show is casting couples who want to build a house.",
    ),
    "appointments": (
        "{firm} has appointed {person} as chief executive from {month}.",
        "She joins from {firm}, where she ran the business in {land}.",
        "Her predecessor left after a row over costs.",
        "The board thanked him and gave him {money}.",
        "The bank named a new head of compliance on {day}.",
        "The shares rose by {pct} per cent on the news.",
        "The search had taken {n} weeks, the chairman said.",
        "The opera house in {place} has found a new director; he moves from {place}.",
        "The minister replaced her spokesman.",
        "The post had been vacant since {month}.",
        "He studied law in {place} and is married with two children.",
        "Unions had wanted a candidate from inside the company.",
    ),
    "trade and tech": (
        "{land} and {land} argued again about tariffs on electric cars.",
        "{firm} will build a chip factory near {place} for {money}.",
        "The plant is to run from {month} and make sensors for washing machines.",
        "The ministry offers makers of batteries a subsidy of {pct} per cent.",
        "Exports of semiconductors to {land} need a licence from {month}.",
        "The robot in the warehouse of {firm} lifts {n} boxes an hour.",
        "Artificial intelligence will change the work of translators, a survey of {n} firms says.",
        "Investors put {money} into a start-up from {place} that makes quantum sensors.",
        "Students at the university protested against higher fees on {day}.",
        "A delegation from {place} visited the port and signed an agreement about pilots.",
        "The satellite maker wants to list its shares in {place}.",
        "Hackers took data of {n} customers; the company has called in experts.",
    ),
    "migration and travel": (
        "More tourists from {land} came to {place} in {month} than in the whole year before.",
        "{land} drops the visa for short visits by citizens of {land}.",
        "Airlines added {n} flights a week between {place} and {place}.",
        "Border guards turned back a bus with {n} passengers on {day}.",
        "The interior ministry wants to speed up decisions on asylum.",
        "Hotels in the old town are full until {month}.",
        "A survey found that pensioners are moving to {land} for the sun.",
        "The consulate moved to a new address near the park.",
        "The ferry line attracts families with free ice cream.",
        "{person} bought a house near {place} and rents it to walkers.",
        "Passports will cost {money} more from {month}.",
        "The island asks visitors to leave their cars on the mainland.",
    ),
}

_SLOT = re.compile(r"\{(\w+)\}")


def irrelevant(count: int, *, hard: float = 0.2, seed: int = 7, lengths: Sequence[int] = (0,)) -> Iterator[str]:
    """Yield the texts of documents about something else, a share `hard` of them from the harder topics.

    Each is of one topic, and goes on until it has as many characters as one of `lengths`, drawn for it.
    """
    chance = random.Random(seed)
    for _ in range(count):
        topics = HARD if chance.random() < hard else PLAIN
        topic = topics[chance.choice(sorted(topics))]
        text = _document(chance, topic)
        most = chance.choice(lengths) if len(lengths) > 1 else lengths[0]
        while len(text) < most:
            text += "\n" + _document(chance, topic)
        yield text


def _document(chance: random.Random, sentences: Sequence[str]) -> str:
    chosen = sorted(chance.sample(range(len(sentences)), chance.randint(7, len(sentences))))
    paragraphs: list[list[str]] = [[]]
    for number in chosen:
        if len(paragraphs[-1]) >= chance.randint(1, 4):
            paragraphs.append([])
        paragraphs[-1].append(_SLOT.sub(lambda slot: chance.choice(SLOTS[slot[1]]), sentences[number]))
    return "\n".join(" ".join(paragraph) for paragraph in paragraphs)
