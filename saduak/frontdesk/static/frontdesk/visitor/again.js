// Asks again after a while, as long as somebody looks: the ticket may come in at any moment.

setInterval(() => document.hidden || location.reload(), 20_000);
