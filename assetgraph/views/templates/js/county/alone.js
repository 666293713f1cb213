// A page of one county.
openCounty(given, true);
followAddress();
window.addEventListener('popstate', followAddress);
document.documentElement.dataset.ready = 'yes';
