// A page of one county.
openCounty(given, true);
followAddress();
window.addEventListener('popstate', followAddress);
window.addEventListener('hashchange', followAddress);
document.documentElement.dataset.ready = 'yes';
