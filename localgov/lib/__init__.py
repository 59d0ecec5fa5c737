"""Pure Python rules of the domain: numbers, money, dates, names, addresses. Imports no Django and no other room."""
